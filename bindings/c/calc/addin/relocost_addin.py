"""The add-in as Calc calls it. What is wrong becomes an error of the cell; RELOCOST_CHECK says what it was."""

import unohelper
from com.sun.star.lang import IllegalArgumentException
from relocost_cells import Functions
from relocost_library import RelocostError, bundled

NAME = "relocost.calc.Functions"


def answering(function):
    def method(self, *arguments):
        try:
            return function(*arguments)
        except RelocostError as error:
            raise IllegalArgumentException(str(error), self, 0) from None

    return method


def create(context):
    # Not at the top: a shared extension is registered before its own types are known.
    from relocost.calc import XFunctions

    functions = Functions(bundled())
    # The names of an interface have no underscore.
    methods = {
        name.replace("_", ""): answering(getattr(functions, name))
        for name in vars(Functions)
        if not name.startswith("_")
    }
    return type("AddIn", (unohelper.Base, XFunctions), methods)()


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(create, NAME, (NAME, "com.sun.star.sheet.AddIn"))
