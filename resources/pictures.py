"""Pictures that editors bring: only one that is whole, so that nothing breaks later where it is made smaller.

Of it only what one sees is kept. A phone writes into a picture where and when it was taken, and one made smaller
carries that along to every visitor. What hides behind a picture, another file or a page, goes as well.
"""

from io import BytesIO

import PIL.Image
import PIL.ImageOps
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext_lazy as pl
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

NOT_WHOLE = pl("cms", "This picture is broken or not whole. Save it anew, or take another one.")
QUALITY = 92  # of the kinds that lose a little each time they are written
SEEN = frozenset({"background", "gamma", "icc_profile", "transparency"})


class WholePictureField(WagtailImageField):
    """Unfolds the picture once, after its size was found to be one that we take, and writes it anew."""

    def to_python(self, data):
        try:
            picture = super().to_python(data)
            if picture is not None:
                _write_anew(picture)
        except ValidationError:
            raise
        except Exception as broken:  # a broken file raises whatever the reader of its kind happens to raise
            raise ValidationError(NOT_WHOLE, code="not_whole") from broken
        return picture


def _write_anew(picture) -> None:
    picture.seek(0)
    bare = BytesIO()
    with PIL.Image.open(picture) as whole:
        kind = "JPEG" if whole.format == "MPO" else whole.format
        _bare(whole).save(bare, kind, quality=QUALITY)
    picture.seek(0)
    picture.truncate()
    picture.write(bare.getvalue())
    picture.size = bare.tell()
    picture.seek(0)


def _bare(whole: PIL.Image.Image) -> PIL.Image.Image:
    """The way up that was written beside it, its points and its colours. Of one that moves only the first is kept."""
    upright = PIL.ImageOps.exif_transpose(whole).copy()
    upright.info = {name: told for name, told in whole.info.items() if name in SEEN}
    return upright


class PictureForm(BaseImageForm):
    """What editors fill in beside a picture; see WAGTAILIMAGES_IMAGE_FORM_BASE."""

    file = WholePictureField(label=pl("cms", "Picture"), widget=BaseImageForm.Meta.widgets["file"])
