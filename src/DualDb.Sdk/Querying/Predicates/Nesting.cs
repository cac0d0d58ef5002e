namespace DualDb.Querying;

/// <summary>How deep conditions may be nested: they are written, and read by PostgreSQL, by recursion, and no stack is endless.</summary>
internal static class Nesting
{
    // PostgreSQL's own limit (max_stack_depth of 2 MB) is met at some thousand levels.
    private const int MaxDepth = 1_000;

    /// <summary>The depth of what is put around conditions of a depth.</summary>
    /// <exception cref="NotSupportedException">It is too deep.</exception>
    public static int Of(int inner)
        => inner < MaxDepth
            ? inner + 1
            : throw new NotSupportedException(
                $"Conditions are nested more than {MaxDepth} levels deep, && within || within && and so on. Join them by one of the two, or use In with a list.");
}
