#!/bin/sh
# Print the first Python 3.11 or newer of this machine, or say in one sentence that there is none.
found=""
for python in python3 python3.13 python3.12 python3.11 python3.14 python; do
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$python"
        exit 0
    fi
    found=${found:-$version}
done
if [ -n "$found" ]; then
    echo "The portal needs Python 3.11 or newer and this machine has $found: install a newer one and try again." >&2
else
    echo "The portal needs Python 3.11 or newer and this machine has none: install it and try again." >&2
fi
exit 1
