"""Pauses between attempts."""

from mood_service.messaging.back_off import BackOff


def test_should_double_its_pauses_up_to_a_limit() -> None:
    back_off = BackOff(first=0.2, longest=1.0)
    assert [back_off.pause() for _ in range(5)] == [0.2, 0.4, 0.8, 1.0, 1.0]


def test_should_begin_again_after_a_success() -> None:
    back_off = BackOff(first=0.2, longest=1.0)
    back_off.pause()
    back_off.pause()
    back_off.reset()
    assert back_off.pause() == 0.2
