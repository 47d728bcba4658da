"""The settings of the API's contract: how it is written, and who is let in to anything at all."""

from typing import Any

PERMISSIONS = [
    "rest_framework.permissions.IsAuthenticated",
    "api.permissions.TokenScopeHeld",
    "api.permissions.PasswordOwn",
    "api.permissions.SecondFactorShown",
]
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Casetrack",
    "DESCRIPTION": "人民调解、信访、行政复议、行政应诉和法律援助案件的登记、期限与统计。",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": PERMISSIONS,
    "COMPONENT_SPLIT_REQUEST": True,
    "AUTHENTICATION_WHITELIST": [],  # the hook below says how to log in, once for all
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.schema.complete",
        "api.examples.with_examples",
    ],
    "ENUM_NAME_OVERRIDES": {
        "CaseKindEnum": "casetrack.cases.models.record.KIND_CHOICES",
        "OrganizationKindEnum": "casetrack.organizations.choices.OrganizationKind",
        "JobKindEnum": "casetrack.cases.models.jobs.Job.Kind",
        "StateEnum": "casetrack.cases.models.jobs.Job.State",
        "MonthStateEnum": "api.months.STATE_CHOICES",
        "LightEnum": ["green", "yellow", "red", "overdue"],
        "MonthLightEnum": "api.months.LIGHT_CHOICES",
        "FieldTypeEnum": "casetrack.kinds.base.FieldType",
    },
}
