"""Synthetic people: lives with known homes, work, trips and habits, and the photos that they would have taken.

``person(seed)`` is one life. The same seed gives the same life on every machine. Seeds 0 to 9,999 are for choosing
thresholds; the published evaluation (``python -m tests.evaluate``) uses seeds from 1,000,000 on, which nobody looks at
while choosing.

How people photograph is taken from surveys and measurements, never from what a detector finds easy:

- What: friends and family 29 % of photos, travel 20 %, children 19 %, pets 13 % (Intel and Lineage Labs, 1,000
  interviews, 2015), so a good third is at home and a fifth on trips; about 23 photos at an event and a few on an
  ordinary day (OnePoll for Mixbook, 2,000 adults, 2023). What is kept and posted is far less and very uneven.
- Positions: 7 to 13 m off in town (Merry and Bettinger, PLOS ONE 2019, doi 10.1371/journal.pone.0219890), median
  8 m outdoors by satellites, tens of metres by Wi-Fi and hundreds by cell indoors (Zandbergen, Transactions in GIS
  2009 and J. Location Based Services 2012); error radii of 5 to 2,000 m in real files; last known positions after
  flights.
- Clocks: cameras that fell back to 1 January 2000, that nobody turned for summer time or abroad; no zone in the files
  of most cameras and of phones before about 2019.
"""

from tests.people.lives import person

__all__ = ["person"]
