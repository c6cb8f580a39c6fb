using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Events;

namespace Plimsoll.Cli.Rendering;

/// <summary>A step of the pressure ladder, in one line for people.</summary>
internal static class GuardLine
{
    /// <summary>Null for steps that only a program would want to know of.</summary>
    public static string? Of(GuardSteppedView step)
    {
        string? what = step.Step switch
        {
            "gate" => "starting nothing more",
            "ungate" => "starting again",
            "hold" => "holding model requests",
            "release" => "model requests go on",
            "freeze" => $"{Name(step)} is frozen",
            "thaw" => $"{Name(step)} goes on",
            "evict" => $"{Name(step)} is ended to protect the machine and will run again",
            _ => null,
        };
        return what is null ? null : $"{what}: {Why(step)}";
    }

    private static string Why(GuardSteppedView step) => step.Cause switch
    {
        "projection" => $"{Figures.Bytes(step.FreeBytes)} free, it grows by {Figures.Bytes(step.GrowthBytesPerSecond)}/s",
        "pressure" => $"work stalls for want of memory, {Figures.Bytes(step.FreeBytes)} free",
        "turn" => $"its burst does not fit beside those before it, {Figures.Bytes(step.FreeBytes)} free",
        "deadline" => "it was frozen for too long",
        _ => $"{Figures.Bytes(step.FreeBytes)} free, {Figures.Bytes(step.ReserveBytes)} are kept for the host",
    };

    private static string Name(GuardSteppedView step) => ControlEscaper.Text(step.Task ?? "a task");
}
