"""`python -m ia_workbench` is the console script `ia-workbench`."""

from ia_workbench.app import main

if __name__ == "__main__":
    main()
