using System.Runtime.InteropServices;

namespace Plimsoll.Cli.Hosting;

/// <summary>Says why nothing can be written to standard output, and what to change.</summary>
internal static class OutputFault
{
    private const int BadDescriptor = 9;
    private const int NoSpace = 28;
    private const int Quota = 122;

    /// <param name="error">Number of the system's error.</param>
    public static (string Problem, string Cure) Describe(int error) => error switch
    {
        BadDescriptor => ("it is closed", "What was to be shown is lost; the work itself is recorded (`plimsoll status`). Send it to a file or to /dev/null instead of closing it."),
        NoSpace or Quota => ("there is no space left", "Free space where it is redirected to; the work itself is recorded (`plimsoll status`)."),
        _ => ($"{Marshal.GetPInvokeErrorMessage(error)} (error {error})", "What was to be shown is lost; the work itself is recorded (`plimsoll status`)."),
    };
}
