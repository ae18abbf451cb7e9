"""Pure readers of the words of vacancies, French and English: pay, hours, contract, licences, dates.

Both the feeds and the texts that employers paste go through them.
"""
