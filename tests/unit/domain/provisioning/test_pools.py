"""Which pool a company may be put into."""

from __future__ import annotations

import pytest

from domain.provisioning.pools import pool_for
from domain.shared.errors import Invalid
from domain.shared.ids import TenantId

SEVEN = TenantId(7)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("shared", "shared"), ("dedicated", "tenant_7"), ("tenant_7", "tenant_7"), ("gold-2", "gold-2")],
)
def test_a_pool_is_meant(asked: str, meant: str) -> None:
    assert pool_for(SEVEN, asked) == meant


@pytest.mark.parametrize("asked", ["", "Gold", "7", "a b", "a:b", "x" * 41, "tenant_8", "tenant_07", "gold\n", "çã"])
def test_nonsense_and_another_companys_own_pool_are_refused(asked: str) -> None:
    with pytest.raises(Invalid) as refused:
        pool_for(SEVEN, asked)

    assert refused.value.field == "pool"
