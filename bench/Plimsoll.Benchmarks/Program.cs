using System.Globalization;
using Plimsoll.Benchmarks.Micro;

return args switch
{
    ["spawn", .. string[] rest] => SpawnBench.Run(rest is [string count] ? int.Parse(count, CultureInfo.InvariantCulture) : 3000),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: Plimsoll.Benchmarks spawn [COUNT]");
    return 2;
}
