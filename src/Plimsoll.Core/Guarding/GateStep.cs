namespace Plimsoll.Core.Guarding;

/// <summary>Steps of the whole node: start nothing, and hold model requests; both are taken at once and given back after a second of calm.</summary>
internal sealed class GateStep(GuardBoard board)
{
    private const double PressureGates = 0.1;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);

    private DateTimeOffset shortAt = DateTimeOffset.MinValue;

    public bool IsGated { get; private set; }

    public bool IsHolding { get; private set; }

    public void Apply()
    {
        // Pressure alone may come from the disk: it counts together with low memory only.
        bool isShort = board.Free < board.Reserve;
        bool isPressed = board.Pressure.Some >= PressureGates && board.Free < 2 * board.Reserve;
        if (isShort || isPressed)
        {
            shortAt = board.Now;
            if (!IsGated)
            {
                IsGated = true;
                board.Take(GuardActionKind.Gate, isShort ? GuardCause.FreeMemory : GuardCause.Pressure, null);
            }

            if (!IsHolding && board.Free < board.Reserve * 3 / 4)
            {
                IsHolding = true;
                board.Take(GuardActionKind.Hold, GuardCause.FreeMemory, null);
            }
        }
        else if (board.Now - shortAt >= Calm)
        {
            Relax();
        }
    }

    public void Relax()
    {
        if (IsHolding)
        {
            IsHolding = false;
            board.Take(GuardActionKind.Release, GuardCause.Recovered, null);
        }

        if (IsGated)
        {
            IsGated = false;
            board.Take(GuardActionKind.Ungate, GuardCause.Recovered, null);
        }
    }
}
