"""`python -m callreview`."""

from callreview.commands.app import main

if __name__ == "__main__":
    main()
