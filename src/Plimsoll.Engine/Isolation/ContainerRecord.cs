using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Isolation;

/// <summary>What is written down of an attempt's container before it is made, so that it can be removed after a crash.</summary>
/// <remarks>A file beside the attempt's own, two lines, gone when the attempt has ended.</remarks>
/// <param name="Program">Absolute path of the engine's CLI.</param>
/// <param name="Name">Name of the container.</param>
internal sealed record ContainerRecord(string Program, string Name)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A daemon runs it, perhaps as another user: then only the daemon can end it.</summary>
    public bool HasDaemon => Path.GetFileName(Program) != "podman";

    public static ContainerRecord? Read(AttemptFiles files) =>
        SmallFile.TryRead(PathOf(files), 65536, out string text) && text.Split('\n') is [{ Length: > 0 } program, { Length: > 0 } name, ..]
            ? new ContainerRecord(program, name)
            : null;

    public static void Forget(AttemptFiles files) => File.Delete(PathOf(files));

    public void Write(AttemptFiles files) => File.WriteAllText(PathOf(files), string.Create(CultureInfo.InvariantCulture, $"{Program}\n{Name}\n"));

    /// <summary>Ends the container if it still runs, and has the engine forget it; harmless when there is none of that name.</summary>
    public void Remove()
    {
        try
        {
            ProcessStartInfo start = new(Program, ["rm", "--force", Name]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
            using Process? process = Process.Start(start);
            // Its few words fit into the pipes.
            if (process?.WaitForExit(Patience) == false)
                process.Kill();
        }
        catch (Win32Exception)
        {
            // The engine has been uninstalled since.
        }
    }

    private static string PathOf(AttemptFiles files) => Path.ChangeExtension(files.Pid, ".container");
}
