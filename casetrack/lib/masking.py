"""What of a person's data may be shown without a stated purpose."""


def masked_name(name: str) -> str:
    """张*"""
    return f"{name[0]}*" if name else ""


def masked_number(number: str) -> str:
    """138****1234 of a telephone or identity number; nothing of one too short to hide anything in."""
    if len(number) >= 11:
        return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
    return "****" if number else ""


def masked_address(address: str) -> str:
    """The division that an address begins with, without street and house."""
    return f"{address[:6]}****" if len(address) > 6 else "****" if address else ""
