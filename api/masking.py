"""What of a person's data may be shown without a stated purpose."""

from casetrack.lib.masking import masked_address as masked_address
from casetrack.lib.masking import masked_name as masked_name
from casetrack.lib.masking import masked_number as masked_number
