"""Lời của WTForms bằng tiếng Việt."""


class VietnameseSentences:
    """WTForms' sentences in Vietnamese; the few that can occur."""

    SENTENCES = {  # noqa: RUF012 - a constant
        "This field is required.": "Hãy điền ô này.",
        "Not a valid choice.": "Hãy chọn trong danh sách.",
        "Not a valid choice": "Hãy chọn trong danh sách.",
        "'%(value)s' is not a valid choice for this field.": "Hãy chọn trong danh sách.",
        "Invalid Choice: could not coerce.": "Hãy chọn trong danh sách.",
        "Not a valid integer value.": "Hãy nhập một số nguyên.",
    }

    def gettext(self, text: str) -> str:
        """One sentence."""
        return self.SENTENCES.get(text, text)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Vietnamese has no plural."""
        del plural, number
        return self.gettext(singular)


VIETNAMESE = VietnameseSentences()
