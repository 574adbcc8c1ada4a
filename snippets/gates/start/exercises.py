keep, letters = 0.99, 100
left = keep**letters
lost = 1 - keep
print(f"start_left right {left:.2f}")
print(f"start_left one_letter {keep:.2f}")
print(f"start_left first_loss {lost:.2f}")
print(f"start_left same_loss {abs(1 - letters * lost):.0f}")
