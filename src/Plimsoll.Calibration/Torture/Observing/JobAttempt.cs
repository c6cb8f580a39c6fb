namespace Plimsoll.Calibration.Torture.Observing;

/// <summary>One start of a job, as its script wrote it down.</summary>
internal sealed class JobAttempt(int job, int pid, double startSeconds)
{
    public int Job => job;

    public int Pid => pid;

    /// <summary>Time since boot, as all times here.</summary>
    public double StartSeconds => startSeconds;

    /// <summary>Null while it runs.</summary>
    public double? EndSeconds { get; set; }

    /// <summary>Null when it runs or went away without a word.</summary>
    public int? ExitCode { get; set; }

    public double FrozenSeconds { get; set; }

    /// <summary>Time in which it was not frozen.</summary>
    public double WorkSeconds(double now) => Math.Max(0, (EndSeconds ?? now) - StartSeconds - FrozenSeconds);
}
