using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Nodes;

internal static class NodeTexts
{
    public static readonly Text Title = new("Nodes", "โหนด");
    public static readonly Text NodesOf = new("Nodes that {0} knows", "โหนดที่ {0} รู้จัก");
    public static readonly Text Neon = new("Nodes and leases in Neon", "โหนดและสิทธิ์ถือครองใน Neon");
    public static readonly Text Supabase = new("Nodes and leases in Supabase", "โหนดและสิทธิ์ถือครองใน Supabase");
    public static readonly Text Nodes = new("Nodes", "โหนด");
    public static readonly Text Leases = new("Leases", "สิทธิ์ถือครอง");
    public static readonly Text Node = new("Node", "โหนด");
    public static readonly Text Name = new("Name", "ชื่อ");
    public static readonly Text Does = new("What it does", "หน้าที่");
    public static readonly Text Valid = new("Counts until", "นับถึง");
    public static readonly Text Application = new("Application", "แอปพลิเคชัน");
    public static readonly Text Rest = new("{0} of {1} are shown, those that count first.", "แสดง {0} จาก {1} รายการ โดยรายการที่ยังนับอยู่มาก่อน");
    public static readonly Text What = new("What", "รายการ");
    public static readonly Text Holder = new("Holder", "ผู้ถือครอง");
    public static readonly Text Count = new("How many", "จำนวน");
    public static readonly Text Until = new("Until", "ถึง");
    public static readonly Text Lapsed = new("lapsed", "หมดอายุแล้ว");
    public static readonly Text Nobody = new("nobody", "ไม่มีผู้ถือครอง");
    public static readonly Text NoSchema = new(
        "Neither events, nor sagas, the synchronisation or alerts are installed here. Call their InstallAsync() when the application starts, or apply the scripts of ConsistencySchema.",
        "ยังไม่ได้ติดตั้งสคีมาของอีเวนต์ ซากา การซิงก์ หรือการแจ้งเตือนที่นี่ เรียก InstallAsync() ของแต่ละส่วนเมื่อแอปพลิเคชันเริ่มทำงาน หรือใช้สคริปต์จาก ConsistencySchema");
}
