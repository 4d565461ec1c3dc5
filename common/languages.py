"""What tells languages apart."""

# Words that say nothing by themselves; they also tell in which language a text is.
COMMON = {
    "en": "the of and in to for with is on by from that at an as are it be we how what a or who was were not your",
    "es": "el la los las de y en que para con por una un del se es al como su más lo sin o a qué cómo nuestra este",
    "ca": "el la els les de i en que per a amb una un del dels es al com seva més l d s sense o ha són què aquest",
    "fr": "le la les de et en que pour avec par une un du des est au aux dans sur l d s sans ou qui à ce cette nous",
    "pt": "o a os as de e em que para com por uma um do da dos das se é ao no na nos nas mais sem ou como seu esta",
    "zh": "的 和 与 在 了 是",
    "ar": "في من على و إلى عن مع أن هذا هذه التي الذي",
}
