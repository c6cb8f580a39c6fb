using Plimsoll.Core.Units;
using Plimsoll.Daemon.Requests;
using Plimsoll.Plans;
using Plimsoll.Plans.WfCommons;

namespace Plimsoll.Daemon.Projects;

/// <summary>Reads and compiles the plan of a request.</summary>
internal sealed class PlanReader(ProjectContext context)
{
    /// <summary>An unreadable file is a refusal; a wrong plan is a result with diagnostics.</summary>
    public Outcome<CompileResult> Compile(PlanRequest request, IReadOnlyDictionary<string, string> parameters)
    {
        string text;
        try
        {
            text = request.Text ?? Read(Path.GetFullPath(request.Name, context.Folder));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new Refusal(
                ExitCode.Invalid,
                $"cannot read the plan {request.Name}: {Reason(error)}",
                "Name a plan file that exists and that you may read, or `-` for standard input.");
        }

        RecordingOptions recording = request.Recording;
        Plans.PlanFormat format = Format(request);
        var options = new WfCommonsOptions(
            recording.TimeScale,
            recording.MemoryScale,
            recording.AsNoop,
            recording.CapacityBytes is { } capacity ? new Bytes(capacity) : null,
            recording.Cores);
        var source = new PlanSource(request.Name, text, format, options) { Parameters = parameters };
        return PlanCompiler.Compile(source, context.Configuration);
    }

    private static Plans.PlanFormat Format(PlanRequest request) => request.Format switch
    {
        Requests.PlanFormat.WfCommons => Plans.PlanFormat.WfCommons,
        Requests.PlanFormat.Json => Plans.PlanFormat.Json,
        Requests.PlanFormat.Yaml => Plans.PlanFormat.Yaml,
        _ => request.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Plans.PlanFormat.Json : Plans.PlanFormat.Yaml,
    };

    private static string Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return PlanText.Read(file);
    }

    private static string Reason(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        UnauthorizedAccessException => "permission denied, or it is a folder",
        _ => error.Message,
    };
}
