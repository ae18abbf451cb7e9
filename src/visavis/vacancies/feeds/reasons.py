"""Why something fell back or was refused, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "id_from_url": _("The record has no number of its own: its web address was taken."),
    "id_made": _(
        "The record has no number of its own: one was made of its title, its employer and its place."
    ),
    "no_posting": _("No vacancy that a program can read stands here."),
    "row_too_long": _("The row has more values than there are columns."),
    "row_too_short": _("The row has far fewer values than there are columns."),
    "row_quotes": _("The quotation marks of the row do not close."),
    "columns_unknown": _("This column was not there when the columns were chosen: it was left out."),
    "closed_in_feed": _("The feed says that this vacancy is over: it was closed."),
    "closed_already": _("The last day to answer is past: the vacancy is not shown."),
    "same_as_other": _("Another source brings the same job: it is shown once."),
    "no_id": _("The record has no number of its own: it cannot be followed from one day to the next."),
    "no_title": _("The record has neither a title nor an occupation."),
    "record_not_json": _("This record cannot be read as JSON."),
    "record_too_big": _("This record is bigger than any vacancy."),
    "twice_in_file": _("The same number stands twice in the file: the first one was kept."),
    "title_cut": _("The title was too long: its beginning was kept."),
    "title_from_occupation": _("The title was missing: the name of the occupation was taken."),
    "description_cut": _("The description was too long: its beginning was kept."),
    "occupation_code_unknown": _("The occupation code is not one of ROME."),
    "occupation_from_feed": _(
        "The occupation was not in the catalogue: its official code and name were added."
    ),
    "occupation_from_isco": _("The occupation was found from its international code (ISCO)."),
    "occupation_from_esco": _("The occupation was found from its European code (ESCO)."),
    "occupation_from_title": _("The occupation was found from the title."),
    "occupation_not_found": _("No occupation was found for this title."),
    "place_from_postcode": _("The commune was found from the postcode: the largest it serves."),
    "place_from_postcode_and_name": _("The commune was found from the postcode and the name."),
    "place_from_label": _("The commune was found from its name."),
    "place_from_department": _("Only the department is known: its middle was taken."),
    "place_from_region": _("Only the region is known: its middle was taken."),
    "place_from_country": _("Only the country is known: a point near the border was taken."),
    "place_from_coordinates": _("The place was found from its coordinates."),
    "place_first_of_several": _("The work has several places: the first one was taken."),
    "place_remote": _("The work is done at a distance: the whole country was taken."),
    "place_abroad": _("The work is in another country, too far to go there every day."),
    "place_unknown": _("The place is unknown: the whole country was taken."),
    "coordinates_far": _("The coordinates are far from the commune: the commune was kept."),
    "contract_unknown": _("The kind of contract is not known: “another kind” was taken."),
    "contract_from_text": _("The kind of contract was read in the words of the vacancy."),
    "hours_out_of_bounds": _("The weekly hours are not possible: they were left out."),
    "hours_vague": _("The hours are announced as unusual, without saying when."),
    "part_time_without_hours": _("Part time, without the number of hours: less than 35 was taken."),
    "pay_not_understood": _("The pay was not understood: its words were kept."),
    "pay_needs_hours": _("The pay cannot be counted per hour without the weekly hours: its words were kept."),
    "pay_read_per_hour": _("The pay only makes sense per hour: it was read so."),
    "pay_read_per_month": _("The pay only makes sense per month: it was read so."),
    "pay_read_per_year": _("The pay only makes sense per year: it was read so."),
    "pay_other_currency": _("The pay is not in euros: only its words were kept."),
    "pay_out_of_bounds": _("The pay is not possible: only its words were kept."),
    "licence_unknown": _("The licence is not known: it was left out."),
    "licence_nearest": _("The nearest licence was taken."),
    "language_unknown": _("The language is not known: it was left out."),
    "education_unknown": _("The level of education is not known: it was left out."),
    "experience_unknown": _("The experience asked was not understood."),
    "positions_out_of_bounds": _("The number of positions is not possible: one was taken."),
    "url_not_kept": _("The address of the original is not a web address: it was left out."),
    "date_out_of_bounds": _("The date is not possible: it was left out."),
    "file_cut": _(
        "The file ends in the middle, at this character: what came before was read, nothing was closed."
    ),
    "file_cut_line": _(
        "The file breaks off, or makes no sense, at this line: what came before was read, nothing was closed."
    ),
    "nothing_in_file": _("The file holds no vacancy: nothing was closed."),
    "unread_records": _("Some records could not be read: nothing was closed."),
}


def sentence(code: str) -> str:
    """Return the sentence of a reason; an old code stays as it is."""
    return str(REASONS.get(code, code))
