using System.Globalization;

namespace Plimsoll.Calibration.Torture.Observing;

/// <summary>Follows the file in which every job writes down its start and its end, whoever started it.</summary>
/// <remarks>Lines: <c>s JOB UPTIME PID</c> and <c>e JOB UPTIME EXITCODE PID</c>.</remarks>
internal sealed class JobLog(string path)
{
    private readonly List<JobAttempt> attempts = [];
    private readonly List<JobAttempt> open = [];
    private long read;

    public IReadOnlyList<JobAttempt> Attempts => attempts;

    /// <summary>Attempts without an end.</summary>
    public IReadOnlyList<JobAttempt> Open => open;

    public int Succeeded => attempts.Where(attempt => attempt.ExitCode == 0).Select(attempt => attempt.Job).Distinct().Count();

    /// <summary>Takes what was written since the last call.</summary>
    public void Follow()
    {
        if (!File.Exists(path))
            return;

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = read;
        using StreamReader reader = new(file);
        string text = reader.ReadToEnd();
        int complete = text.LastIndexOf('\n') + 1;
        read += complete;
        foreach (string line in text[..complete].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Take(line.Split(' '));
    }

    /// <summary>Says that an attempt is gone without having written its end.</summary>
    public void Lose(JobAttempt attempt, double atSeconds)
    {
        attempt.EndSeconds = atSeconds;
        open.Remove(attempt);
    }

    internal void Take(string[] words)
    {
        switch (words)
        {
            case ["s", var job, var uptime, var pid]:
                JobAttempt begun = new(Whole(job), Whole(pid), Number(uptime));
                attempts.Add(begun);
                open.Add(begun);
                break;
            case ["e", _, var uptime, var code, var pid]:
                JobAttempt? ended = open.FindLast(attempt => attempt.Pid == Whole(pid));
                if (ended is not null)
                {
                    (ended.EndSeconds, ended.ExitCode) = (Number(uptime), Whole(code));
                    open.Remove(ended);
                }

                break;
        }
    }

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
