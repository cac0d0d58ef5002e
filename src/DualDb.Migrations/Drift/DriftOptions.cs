namespace DualDb.Migrations;

/// <summary>What is compared with the model.</summary>
public sealed class DriftOptions
{
    /// <summary>Whether tables of Supabase have to have row-level security. True unless set: without it, the interface of Supabase shows all rows to whoever has the public key.</summary>
    public bool RequireRowSecurity { get; set; } = true;

    /// <summary>Whether tables that the model does not know are told of, as a remark. True unless set.</summary>
    public bool TellExtraTables { get; set; } = true;

    /// <summary>Tables that are passed over, as <c>public.orders</c>: because another application owns them, or they are partitions.</summary>
    public ISet<string> Ignored { get; } = new HashSet<string>(StringComparer.Ordinal);
}
