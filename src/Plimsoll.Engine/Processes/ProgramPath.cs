using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>Finds a program the way execvp does, on the PATH the command will have.</summary>
internal static class ProgramPath
{
    private const string DefaultPath = "/bin:/usr/bin";
    private const int Executable = 1;

    /// <summary>The file to execute, or a refusal that names what was searched.</summary>
    public static string? Find(ProcessLaunch launch, out string? refusal)
    {
        string program = launch.Arguments[0];
        refusal = null;
        if (program.Contains('/', StringComparison.Ordinal))
        {
            string file = Path.Combine(launch.WorkingFolder, program);
            refusal = Check(file, program);
            return refusal is null ? file : null;
        }

        string path = Variable(launch.Environment, "PATH=") ?? DefaultPath;
        string? blocked = null;
        foreach (Range part in path.AsSpan().Split(':'))
        {
            string folder = path[part];
            string file = Path.Combine(launch.WorkingFolder, folder, program);
            if (LibC.Access(file, Executable) == 0 && !Directory.Exists(file))
                return file;

            if (blocked is null && File.Exists(file))
                blocked = file;
        }

        refusal = blocked is null
            ? $"command '{program}' not found on the PATH; install it, extend PATH, or give its whole path\nsearched PATH={path}"
            : $"command '{program}' is at {blocked} but may not be executed; try: chmod +x {blocked}";
        return null;
    }

    private static string? Check(string file, string program)
    {
        if (Directory.Exists(file))
            return $"command '{program}' is a folder; name a program";

        if (!File.Exists(file))
            return $"command '{program}' not found: there is no file {file}";

        return LibC.Access(file, Executable) == 0 ? null : $"command '{program}' may not be executed; try: chmod +x {file}";
    }

    private static string? Variable(IReadOnlyList<string> environment, string prefix)
    {
        for (int index = 0; index < environment.Count; index++)
        {
            if (environment[index].StartsWith(prefix, StringComparison.Ordinal))
                return environment[index][prefix.Length..];
        }

        return null;
    }
}
