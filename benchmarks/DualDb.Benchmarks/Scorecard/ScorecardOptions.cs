namespace DualDb.Benchmarks.Scorecard;

/// <summary>What the command line asks for.</summary>
/// <param name="JsonFile">Where the result is written as JSON; null for nowhere.</param>
/// <param name="Only">The rows to measure; empty for all of them.</param>
internal sealed record ScorecardOptions(string? JsonFile, IReadOnlyList<string> Only)
{
    public const string Usage = "scorecard [--json FILE] [--only ID,ID…]";

    /// <summary>The options, or null where the command line cannot be understood.</summary>
    public static ScorecardOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new ScorecardOptions(JsonFile: null, Only: []);
        for (var index = 0; index < arguments.Count; index += 2)
        {
            if (index + 1 == arguments.Count)
            {
                return null;
            }

            var value = arguments[index + 1];
            switch (arguments[index])
            {
                case "--json":
                    options = options with { JsonFile = value };
                    break;

                case "--only":
                    options = options with { Only = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) };
                    break;

                default:
                    return null;
            }
        }

        return options;
    }
}
