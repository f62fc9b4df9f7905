from rixin.config.cli import main

main()
