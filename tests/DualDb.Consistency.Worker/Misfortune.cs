namespace DualDb.Consistency.Worker;

/// <summary>Decides by seed, event and attempt which attempts fail: the same in every process.</summary>
internal sealed class Misfortune(int seed)
{
    private const int OneOf = 40;

    public void Strike(PurchaseMade purchase, int attempt)
    {
        if (Hash($"{seed}/{purchase.Buyer}/{purchase.Number}/{attempt}") % OneOf == 0)
        {
            throw new InvalidOperationException($"Attempt {attempt} at purchase {purchase.Number} of {purchase.Buyer} fails on purpose.");
        }
    }

    // FNV-1a: the hash of a string differs from process to process.
    private static uint Hash(string text) => text.Aggregate(2166136261, static (hash, letter) => (hash ^ letter) * 16777619);
}
