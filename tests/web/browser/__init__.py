"""The page in a real browser: people click and type, with script and without, at a desk and on a phone."""

import shutil

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
ABSENT = "nobody clicks in the page, since no browser is installed here: apt-get install chromium chromium-driver"
