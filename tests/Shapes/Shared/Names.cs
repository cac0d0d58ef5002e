#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Both libraries meet in one root, which needs a name of its own for each set.</summary>
internal static class Names
{
#if NEON
    public const string Prefix = "Neon";
#else
    public const string Prefix = "Supabase";
#endif
}
