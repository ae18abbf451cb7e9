"""Asking memory for what will be read in a moment, so that nobody waits for it then."""

from typing import TYPE_CHECKING, Any

from visavis.engine.arrays import AnyArray
from visavis.engine.fast.compiled import AVAILABLE

_READ, _KEEP, _DATA = 0, 3, 1
"""What `llvm.prefetch` is told: to read, to keep in every cache, data."""

if TYPE_CHECKING:

    def prefetch(array: AnyArray, place: int) -> None: ...

elif AVAILABLE:
    from llvmlite import ir
    from numba.core import types
    from numba.extending import intrinsic
    from numba.np.arrayobj import basic_indexing, make_array

    @intrinsic
    def prefetch(_typing: Any, array: Any, place: Any) -> Any:
        """Ask for ``array[place]``, a row or a number, with no wait and no effect on any result."""
        index = types.UniTuple(types.intp, 1)

        def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
            held = make_array(array)(context, builder, arguments[0])
            row = context.cast(builder, arguments[1], place, types.intp)
            where, _, _ = basic_indexing(
                context, builder, array, held, index.types, (row,), boundscheck=False
            )
            byte = ir.IntType(8).as_pointer()
            kinds = [byte, *[ir.IntType(32)] * 3]
            function = builder.module.declare_intrinsic(
                "llvm.prefetch", (byte,), ir.FunctionType(ir.VoidType(), kinds)
            )
            said = [ir.Constant(ir.IntType(32), one) for one in (_READ, _KEEP, _DATA)]
            builder.call(function, [builder.bitcast(where, byte), *said])
            return context.get_dummy_value()

        return types.void(array, place), generate
