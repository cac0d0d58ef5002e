using System.CommandLine;
using DualDb.Commands.Frame;
using DualDb.Consistency.Sync.Verification;

namespace DualDb.Commands.SyncCommands;

/// <summary>What is compared, and how.</summary>
internal sealed class ComparisonOptions
{
    private readonly Option<string?> _map = new("--map") { Description = "The map [default: all, and the references that cross databases]" };
    private readonly Option<int?> _maxDifferences = new("--max-differences") { Description = "After how many differences of a map the comparison ends [default: 1000]" };
    private readonly Option<int?> _blockSize = new("--block-size") { Description = "About how many rows are hashed at a time [default: 10000]" };
    private readonly Option<string?> _patience = new("--patience") { Description = "How long changes on their way are waited for, such as 30s" };

    public ComparisonOptions AddTo(Command command)
    {
        command.Add(_map);
        command.Add(_maxDifferences);
        command.Add(_blockSize);
        command.Add(_patience);
        return this;
    }

    public TimeSpan? Patience(CommandCall call) => Duration.Parse("--patience", call.Value(_patience));

    public VerificationOptions Of(CommandCall call, bool orphans)
    {
        var defaults = new VerificationOptions();
        return new VerificationOptions
        {
            Map = call.Value(_map),
            MaxDifferences = call.Value(_maxDifferences) ?? defaults.MaxDifferences,
            BlockSize = call.Value(_blockSize) ?? defaults.BlockSize,
            Patience = Patience(call) ?? defaults.Patience,
            Orphans = orphans,
        };
    }
}
