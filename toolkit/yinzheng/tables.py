"""Records as typed columns: Arrow, and through it pandas, polars and Parquet. The sole importer of these libraries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from . import jsonl
from .errors import YinzhengError

if TYPE_CHECKING:
    from pandas import DataFrame as PandasFrame
    from polars import DataFrame as PolarsFrame
    from pyarrow import Table

__all__ = ["PandasFrame", "PolarsFrame", "Table", "arrow", "pandas_frame", "parquet", "polars_frame"]


def arrow(records: Sequence[object], record: type) -> Table:
    """A table with the columns of DESIGN section 3, in their order, typed also where all rows are null or none is."""
    pa = _library("pyarrow", "arrow")
    schema = pa.schema([(name, _type(pa, hint)) for name, hint in jsonl.columns(record).items()])
    return pa.table([[getattr(one, name) for one in records] for name in schema.names], schema=schema)


def pandas_frame(table: Table) -> PandasFrame:
    """The table in pandas; a column of whole numbers or of yes and no stays one where values are missing."""
    pd, pa = _library("pandas", "pandas"), _library("pyarrow", "pandas")
    return table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}.get)


def polars_frame(table: Table) -> PolarsFrame:
    """The table in polars."""
    frame: PolarsFrame = _library("polars", "polars").from_arrow(table)
    return frame


def parquet(table: Table) -> bytes:
    """The table as a Parquet file."""
    pa = _library("pyarrow", "arrow")
    from pyarrow.parquet import write_table

    sink = pa.BufferOutputStream()
    write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def _type(pa: Any, hint: Any) -> Any:
    """``str | None`` is a string: every Arrow column may hold nulls, and the files say where none is expected."""
    option = next(one for one in jsonl.options(hint) if one is not type(None))
    if get_origin(option) is tuple:
        return pa.list_(_type(pa, get_args(option)[0]))
    if get_origin(option) is Literal:
        return pa.string()
    return {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}[option]


def _library(name: str, extra: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        raise YinzhengError(f"this needs {name}: pip install 'yinzheng[{extra}]'") from None
