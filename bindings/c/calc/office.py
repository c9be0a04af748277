"""A LibreOffice without windows, for scripts that make and read workbooks.

Needs the module `uno`, which the Python of the system has.
"""

import os
import subprocess
import time
from contextlib import contextmanager

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

DESKTOP = "com.sun.star.frame.Desktop"


def url(path):
    return uno.systemPathToFileUrl(os.path.abspath(path))


def properties(**values):
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


@contextmanager
def started(*options):
    """A LibreOffice that was started with the options, and is gone at the end: a function that gives its services."""
    pipe = f"relocost-{os.getpid()}"
    office = subprocess.Popen(
        [
            "soffice",
            "--headless",
            "--invisible",
            "--norestore",
            "--nologo",
            f"--accept=pipe,name={pipe};urp;",
            *options,
        ],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        while True:
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except NoConnectException:
                if office.poll() is not None:
                    raise ChildProcessError("LibreOffice did not start") from None
                time.sleep(0.2)

        def service(name):
            return context.ServiceManager.createInstanceWithContext(name, context)

        yield service
        service(DESKTOP).terminate()
        office.wait()
    finally:
        # It is a script that starts another program: the whole group goes, whatever is left of it.
        try:
            os.killpg(office.pid, 9)
        except ProcessLookupError:
            pass
        office.wait()
