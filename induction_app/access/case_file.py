"""Files that go with the record they are attached to."""

from frappe.core.doctype.file.file import File

from induction_app.access.framework_rows import has_permission


class CaseFile(File):
    def is_downloadable(self) -> bool:
        """The framework lets whoever uploaded a file have it for good; here the record has to be theirs too."""
        return bool(super().is_downloadable()) and has_permission(self, "read")
