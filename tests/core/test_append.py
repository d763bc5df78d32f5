def test_x(toy_kit, toy):
    out = toy_kit.ok("toy", "open", "--title", "Lamp")
    print(out, toy_kit.statuses)
    print(toy_kit.ok("toy","note","T-2026-0001","light","--key","k1"))
    assert 0
