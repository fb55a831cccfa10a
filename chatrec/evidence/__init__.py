"""CHECK: a reason's claims held against the profile and the item's facts; unsupported ones are marked."""

from chatrec.evidence.check import check, claims_summary

__all__ = ["check", "claims_summary"]
