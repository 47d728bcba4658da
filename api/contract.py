"""/schema/: the contract as a file, written once by each process: that takes seconds, and is the same for all."""

from functools import cache

from django.http import HttpResponse
from django.utils.encoding import force_bytes
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from rest_framework.request import Request
from rest_framework.views import APIView

WRITERS = {"yaml": OpenApiYamlRenderer, "json": OpenApiJsonRenderer}


class ContractView(APIView):
    """In YAML, or in JSON for those who ask for it; each has two names of its type."""

    schema = None
    renderer_classes = [OpenApiYamlRenderer, OpenApiYamlRenderer2, OpenApiJsonRenderer, OpenApiJsonRenderer2]

    def get(self, request: Request) -> HttpResponse:
        renderer = request.accepted_renderer
        headers = {"Content-Disposition": f'inline; filename="Casetrack.{renderer.format}"'}
        return HttpResponse(written(str(renderer.format)), content_type=str(renderer.media_type), headers=headers)


@cache
def written(form: str) -> bytes:
    """No request is known here: nothing of one, neither its user nor its parameters, gets into what all are sent."""
    writer = WRITERS[form]()
    contract = SchemaGenerator().get_schema(request=None, public=True)
    return force_bytes(writer.render(contract, writer.media_type, {}))
