"""The add-in's functions: what they give, their arguments, and what the function wizard says of them.

build.py makes the interface and its configuration of this.
"""

# Each argument: its name and what it is, in English and in French.
SCENARIO = (
    ("scenario", "The text of a scenario: one cell, or a column of cells with a line of the file in each."),
    (
        "scénario",
        "Le texte d'un scénario : une cellule, ou une colonne de cellules, une ligne du fichier dans chacune.",
    ),
)
PATHWAY = (
    ("pathway", "The name of a pathway, such as temporary."),
    ("parcours", "Le nom d'un parcours, par exemple temporary."),
)
PATHWAY_OR_NONE = (
    ("pathway", "The pathway that is asked for; left out, the comparison of temporary with permanent."),
    ("parcours", "Le parcours demandé ; sans lui, la comparaison de temporary avec permanent."),
)
TABLE = (
    ("table", "The name of a table, such as attribution, premium_curve or entries."),
    ("tableau", "Le nom d'un tableau, par exemple attribution, premium_curve ou entries."),
)
CHANGES = (
    ("changes", "Pairs: the path of a parameter, such as lines.rent.amount, and its value."),
    ("modifications", "Des paires : le chemin d'un paramètre, par exemple lines.rent.amount, et sa valeur."),
)
AMOUNT = (
    ("amount", "The cost of a permanent solution: a number, or a decimal as text."),
    ("montant", "Le coût d'une solution permanente : un nombre, ou un décimal en texte."),
)
CURRENCY = (
    ("currency", "The code of the currency; EUR if left out."),
    ("devise", "Le code de la devise ; EUR par défaut."),
)

# Each function: the type that comes back, its arguments, and what it gives in English and in French.
FUNCTIONS = {
    "total": (
        "double",
        (SCENARIO, PATHWAY, CHANGES),
        "What a pathway costs.",
        "Ce que coûte un parcours.",
    ),
    "total_text": (
        "string",
        (SCENARIO, PATHWAY, CHANGES),
        "What a pathway costs, as an exact decimal text.",
        "Ce que coûte un parcours, en texte décimal exact.",
    ),
    "extra": (
        "double",
        (SCENARIO, CHANGES),
        "What a temporary solution costs more than a permanent one.",
        "Ce qu'une solution temporaire coûte de plus qu'une solution permanente.",
    ),
    "extra_text": (
        "string",
        (SCENARIO, CHANGES),
        "What a temporary solution costs more than a permanent one, as an exact decimal text.",
        "Ce qu'une solution temporaire coûte de plus qu'une solution permanente, en texte décimal exact.",
    ),
    "premium": (
        "any",
        (SCENARIO, CHANGES),
        "The extra cost as a share of the permanent solution; empty if that costs nothing.",
        "Le surcoût en part de la solution permanente ; vide si elle ne coûte rien.",
    ),
    "premium_text": (
        "string",
        (SCENARIO, CHANGES),
        "The extra cost as a share of the permanent solution, as an exact decimal text.",
        "Le surcoût en part de la solution permanente, en texte décimal exact.",
    ),
    "estimate": (
        "table",
        (AMOUNT, CURRENCY),
        "What the Court's reported average implies of one known cost: a table, to be entered as an array.",
        "Ce que la moyenne publiée par la Cour implique pour un coût connu : un tableau, à saisir en matrice.",
    ),
    "comparison": (
        "table",
        (SCENARIO, CHANGES),
        "The comparison of temporary with permanent in total, by category, fiscal year and fund: an array.",
        "La comparaison de temporary avec permanent en tout, par catégorie, exercice et fonds : une matrice.",
    ),
    "ledger": (
        "table",
        (SCENARIO, PATHWAY, CHANGES),
        "Every charge of a pathway: a table, to be entered as an array.",
        "Toutes les charges d'un parcours : un tableau, à saisir en matrice.",
    ),
    "table": (
        "table",
        (SCENARIO, TABLE, PATHWAY_OR_NONE, CHANGES),
        "A table of a pathway's ledger or, without a pathway, of the comparison, with its own columns: an array.",
        "Un tableau du grand livre d'un parcours ou, sans parcours, de la comparaison, en colonnes : une matrice.",
    ),
    "check": (
        "table",
        (SCENARIO, PATHWAY_OR_NONE, CHANGES),
        "What is wrong with the arguments: number, line, column, key and message in each row; empty if nothing is.",
        "Ce qui ne va pas dans les arguments : numéro, ligne, colonne, clé et message ; vide si tout va bien.",
    ),
}


def display_name(name):
    return f"RELOCOST_{name.upper()}"


def uno_name(name):
    """An interface's names have no underscore."""
    return name.replace("_", "")
