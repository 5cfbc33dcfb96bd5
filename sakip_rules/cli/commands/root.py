"""The command that all others stand under."""

from __future__ import annotations

import click

from sakip_rules import __version__
from sakip_rules.cli.commands import options
from sakip_rules.cli.extension import RootGroup
from sakip_rules.cli.session import PLUGINS_FOLDER
from sakip_rules.plugins import FOLDER_VARIABLE


@click.group(cls=RootGroup, name="sakip-rules")
@options.option("--plugins-dir", type=PLUGINS_FOLDER, envvar=FOLDER_VARIABLE, expose_value=False)
@options.language
@options.option("--version", is_flag=True, is_eager=True, expose_value=False,
         callback=lambda ctx, param, value: _version(ctx, value))  # fmt: skip
def root() -> None:
    pass


def _version(ctx: click.Context, value: bool) -> None:
    if value:
        click.echo(f"sakip-rules {__version__}")
        ctx.exit()
