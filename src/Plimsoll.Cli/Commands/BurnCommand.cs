using System.CommandLine;
using Plimsoll.Cli.Burn;
using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Parsing;
using Plimsoll.Cli.Terminal;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Commands;

/// <summary>Is a synthetic job that really holds memory.</summary>
internal sealed class BurnCommand : Verb
{
    private readonly Option<string?> _memory = new("--memory") { Description = "Total resident size, runtime included", HelpName = "SIZE" };
    private readonly Option<string?> _seconds = new("--seconds") { Description = "Life, counted from the start of the process", HelpName = "TIME" };
    private readonly Option<string?> _curve = new("--curve") { Description = "Size over time instead: seconds:size pairs, straight lines between", HelpName = "POINTS" };
    private readonly Option<int> _cpu = new("--cpu") { Description = "Compute on N threads instead of sleeping", HelpName = "N" };

    private readonly Option<int> _processes = new("--processes") { Description = "Hold it in N processes, an equal share each", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _startCpu = new("--start-cpu") { Description = "Compute for so long before anything else", HelpName = "TIME" };
    private readonly Option<string?> _file = new("--file") { Description = "Write and read this file over and over; removed at the end", HelpName = "FILE" };
    private readonly Option<string?> _fileSize = new("--file-size") { Description = "How large the file is", HelpName = "SIZE" };

    public BurnCommand(CliContext context)
        : base("burn", "A synthetic job: hold memory for a time, to try limits and plans", context)
    {
        Add(_memory);
        Add(_seconds);
        Add(_curve);
        Add(_cpu);
        Add(_processes);
        Add(_startCpu);
        Add(_file);
        Add(_fileSize);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("plimsoll burn --memory 300M --seconds 5", "300 MiB for 5 seconds, sleeping"),
        new("plimsoll burn --curve 0:50M,2:400M,5:100M --cpu 1", "Grow and shrink, computing on one thread"),
    ];

    public override string Remarks => "A size below what the runtime itself holds is warned about and not reached.";

    protected override Task<ExitCode> ExecuteAsync(ParseResult words, CancellationToken cancellationToken)
    {
        if (!Read(words).TryGet(out BurnOptions? options, out Refusal? refusal))
            return Task.FromResult(Refuse(refusal));

        if (options.Processes > 1)
            return BurnSwarm.RunAsync(options, Context.Folder, cancellationToken);

        using var warnings = new TargetWriter(Context.Error);
        var burner = new Burner(Context.Time, warnings);
        return Task.FromResult((ExitCode)burner.Run(options, cancellationToken));
    }

    private Outcome<BurnOptions> Read(ParseResult words)
    {
        if (!ReadSize(words).TryGet(out BurnOptions? size, out Refusal? refusal))
            return refusal;

        int processes = words.GetValue(_processes);
        if (processes is < 1 or > 64)
            return new Refusal(ExitCode.Invalid, $"--processes takes a number from 1 to 64, found '{processes}'");

        TimeSpan start = TimeSpan.Zero;
        if (words.GetValue(_startCpu) is { } startCpu && !Quantity.TryDuration(startCpu, out start))
            return new Refusal(ExitCode.Invalid, $"--start-cpu takes a time above 0, found '{startCpu}'", "for example 300ms");

        long fileBytes = 0;
        if (words.GetValue(_file) is null != words.GetValue(_fileSize) is null
            || (words.GetValue(_fileSize) is { } fileSize && !Quantity.TryBytes(fileSize, out fileBytes)))
        {
            return new Refusal(ExitCode.Invalid, "--file and --file-size belong together", "for example --file cache --file-size 300M");
        }

        string? file = words.GetValue(_file) is { } path ? Path.GetFullPath(path, Context.Folder) : null;
        return size with { Processes = processes, StartCpu = start, File = file, FileBytes = fileBytes };
    }

    private Outcome<BurnOptions> ReadSize(ParseResult words)
    {
        int cpu = words.GetValue(_cpu);
        if (cpu is < 0 or > 1024)
            return new Refusal(ExitCode.Invalid, $"--cpu takes a number from 0 to 1024, found '{cpu}'");
        if (words.GetValue(_memory) is null == words.GetValue(_curve) is null)
            return new Refusal(ExitCode.Invalid, "burn takes either --memory or --curve", "for example: plimsoll burn --memory 300M --seconds 5");

        TimeSpan? life = null;
        if (words.GetValue(_seconds) is { } seconds)
        {
            if (!Quantity.TryDuration(seconds, out TimeSpan duration))
                return new Refusal(ExitCode.Invalid, $"--seconds takes a time above 0, found '{seconds}'", "for example 5, 0.25 or 2m");
            life = duration;
        }

        if (words.GetValue(_curve) is { } curve)
            return Curve(curve, life, cpu);
        if (!Quantity.TryBytes(words.GetValue(_memory)!, out long bytes))
            return new Refusal(ExitCode.Invalid, $"--memory takes a size, found '{words.GetValue(_memory)}'", "for example 300M or 2G");
        return life is null
            ? new Refusal(ExitCode.Invalid, "burn --memory needs --seconds", "for example: plimsoll burn --memory 300M --seconds 5")
            : BurnOptions.Constant(bytes, life.Value, cpu);
    }

    private static Outcome<BurnOptions> Curve(string text, TimeSpan? life, int cpu)
    {
        var points = new List<BurnPoint>();
        foreach (string point in text.Split(','))
        {
            string[] parts = point.Split(':');
            TimeSpan at = default;
            if (parts.Length != 2
                || !(parts[0] == "0" || Quantity.TryDuration(parts[0], out at))
                || !Quantity.TryBytes(parts[1], out long bytes)
                || (points.Count > 0 && at <= points[^1].At))
            {
                return new Refusal(ExitCode.Invalid, $"--curve takes rising seconds:size pairs, found '{point}'", "for example 0:50M,2:400M,5:100M");
            }

            points.Add(new BurnPoint(at, bytes));
        }

        TimeSpan end = life ?? points[^1].At;
        return end > TimeSpan.Zero
            ? new BurnOptions(points, end, cpu)
            : new Refusal(ExitCode.Invalid, "a curve of one point at 0 needs --seconds");
    }
}
