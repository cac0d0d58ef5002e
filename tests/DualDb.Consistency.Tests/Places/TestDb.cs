namespace DualDb.Consistency.Tests.Places;

/// <summary>The root of these tests: what is bought lies in Neon, what users see of it in Supabase.</summary>
[DualDatabase]
public partial class TestDb;
