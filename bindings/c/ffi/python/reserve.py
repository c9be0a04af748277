"""The reserve that suffices in four cases out of five, for each pathway of a scenario with uncertain parameters.

Usage: reserve.py LIBRARY HEADER SCENARIO.toml DRAWS
   as: reserve.py librelocost.so.1 relocost.h family-of-five.toml 10000
"""

import sys

from relocost_cffi import Library, RelocostError


def main(path, header, file, draws):
    library = Library(path, header)
    ffi = library.ffi
    scenario = library.load(file)

    # An option is set in a struct of zeros with its size; a struct that is filled needs its size too.
    options = ffi.new(
        "relocost_simulate_options *", {"size": ffi.sizeof("relocost_simulate_options"), "draws": int(draws)}
    )
    simulation = library.give("relocost_simulate", scenario, options)
    currency = library.text("relocost_simulation_text", simulation, library.RELOCOST_FIGURE_CURRENCY)
    statistics = ffi.new("relocost_statistics *", {"size": ffi.sizeof("relocost_statistics")})
    pathways = library.give("relocost_scenario_table", scenario, library.RELOCOST_TABLE_PATHWAYS)
    for name in library.column("relocost_table_fill_texts", pathways, "pathway"):
        figure = (name.data, name.length, b"total", len(b"total"))
        library.call("relocost_simulation_statistics", simulation, *figure, statistics)
        print(f"{library.said(name)}: mean {statistics.mean:.0f}, P80 {statistics.p80:.0f} {currency}")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except RelocostError as error:
        for it in error.findings:
            print(f"error {it.number} ({it.name}): {it.key}: {it.message}", file=sys.stderr)
        sys.exit(1)
