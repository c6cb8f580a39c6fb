using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>Says what stopped posix_spawn, which answers with one number for files, folder and program alike.</summary>
internal static class StartFailure
{
    public static string Describe(int error, ProcessLaunch launch, string file)
    {
        if (!Directory.Exists(launch.WorkingFolder))
            return $"working folder {launch.WorkingFolder} does not exist; it may have been removed after the plan was read";

        string folder = Path.GetDirectoryName(launch.Files.Output) ?? "/";
        return error switch
        {
            Errno.TooBig => TooBig(launch),
            Errno.NoSpace or Errno.Quota => $"output folder {folder} is full ({Errno.Text(error)}); free space or inodes there",
            Errno.ReadOnly => $"output folder {folder} is read-only; choose another state folder",
            Errno.NoEntry when !Directory.Exists(folder) => $"output folder {folder} does not exist; it may have been removed while running",
            Errno.NoEntry when !File.Exists(launch.InputPath) => $"input file {launch.InputPath} does not exist",
            Errno.NoEntry => $"'{file}' cannot run: the interpreter or loader named in its first line does not exist",
            Errno.Access or Errno.NotPermitted => $"permission denied for {file}, its working folder {launch.WorkingFolder} or its output folder {folder}",
            Errno.TextBusy => $"'{file}' is being written to; start it when it is complete",
            Errno.Again => $"the limit of processes is reached ({Errno.Text(error)}); lower the concurrency or raise ulimit -u",
            Errno.TooManyFiles or Errno.TooManyFilesInSystem => $"the limit of open files is reached ({Errno.Text(error)}); raise ulimit -n",
            _ => $"'{file}' could not be started: {Errno.Text(error)} (error {error})",
        };
    }

    private static string TooBig(ProcessLaunch launch)
    {
        long arguments = launch.Arguments.Sum(text => (long)text.Length + 1);
        long environment = launch.Environment.Sum(text => (long)text.Length + 1);
        int longest = launch.Arguments.Concat(launch.Environment).Max(text => text.Length);
        return $"arguments ({arguments} characters) and environment ({environment}) exceed what the kernel accepts, a quarter of ulimit -s together "
            + $"and 131,071 bytes each (longest: {longest}); pass large values in a file";
    }
}
