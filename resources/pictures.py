"""Pictures that editors bring: only one that is whole, so that nothing breaks later where it is made smaller."""

import PIL.Image
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext_lazy as pl
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

NOT_WHOLE = pl("cms", "This picture is broken or not whole. Save it anew, or take another one.")


class WholePictureField(WagtailImageField):
    """Unfolds the picture once, after its size was found to be one that we take."""

    def to_python(self, data):
        try:
            picture = super().to_python(data)
            if picture is not None:
                _unfold(picture)
        except ValidationError:
            raise
        except Exception as broken:  # a broken file raises whatever the reader of its kind happens to raise
            raise ValidationError(NOT_WHOLE, code="not_whole") from broken
        return picture


def _unfold(picture) -> None:
    picture.seek(0)
    with PIL.Image.open(picture) as whole:
        whole.load()
    picture.seek(0)


class PictureForm(BaseImageForm):
    """What editors fill in beside a picture; see WAGTAILIMAGES_IMAGE_FORM_BASE."""

    file = WholePictureField(label=pl("cms", "Picture"), widget=BaseImageForm.Meta.widgets["file"])
