namespace Plimsoll.Engine.Processes;

/// <summary>Makes room where an attempt has run that the journal knows nothing of: it was restored from a copy made earlier.</summary>
/// <remarks>
/// A claim that is complete and whose process is gone belongs to no attempt of this journal, because numbers are given once. An empty one is a
/// revocation and stays: it keeps a supervisor of an earlier Plimsoll from running the attempt after all.
/// </remarks>
internal static class StaleAttempt
{
    public static void Clear(AttemptFiles files)
    {
        if (!File.Exists(files.Pid) || PidFile.Read(files.Pid) is not { } claim || SurvivorSearch.IsAlive(claim))
            return;

        foreach (string file in (string[])[files.Exit, files.Values, files.Output, files.Error, files.Pid])
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The start then says what stands in its way.
            }
        }
    }
}
