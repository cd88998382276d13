from tanxin.cli import main

main(prog_name="tanxin")
