using DualDb.AspNetCore.Dashboard.Language;

namespace DualDb.AspNetCore.Dashboard.Sections.Queries;

internal static class QueryTexts
{
    public static readonly Text Title = new("Queries", "คิวรี");
    public static readonly Text Slowest = new("Statements that took the most time", "คำสั่งที่ใช้เวลารวมมากที่สุด");
    public static readonly Text SlowestNote = new("Of this node, within the last half to whole hour. Values are left out.", "เฉพาะโหนดนี้ ในช่วงครึ่งถึงหนึ่งชั่วโมงที่ผ่านมา ไม่แสดงค่าพารามิเตอร์");
    public static readonly Text Views = new("Views over both databases", "วิวที่อ่านจากฐานข้อมูลทั้งสอง");
    public static readonly Text ViewsNote = new("Of all nodes, over the last hour: readings from the databases, not those that the cache answers.", "ทุกโหนด ในหนึ่งชั่วโมงที่ผ่านมา นับเฉพาะการอ่านจากฐานข้อมูล ไม่รวมที่แคชตอบ");
    public static readonly Text Loops = new("Reads in a loop (N+1)", "การอ่านซ้ำในลูป (N+1)");
    public static readonly Text LoopsNote = new(
        "The same statement many times in one trace, on this node since it was started. Ask for all keys at once: ListAsync, a view, or a batching scope.",
        "คำสั่งเดียวกันถูกส่งหลายครั้งใน trace เดียว บนโหนดนี้ตั้งแต่เริ่มทำงาน ควรขอทุกคีย์ในครั้งเดียวด้วย ListAsync วิว หรือ batching scope");
    public static readonly Text Database = new("Database", "ฐานข้อมูล");
    public static readonly Text Subject = new("Entity or view", "เอนทิตีหรือวิว");
    public static readonly Text Operation = new("Method", "เมธอด");
    public static readonly Text Count = new("Calls", "จำนวนครั้ง");
    public static readonly Text Total = new("In all", "เวลารวม");
    public static readonly Text P50 = new("p50", "p50");
    public static readonly Text P95 = new("p95", "p95");
    public static readonly Text P99 = new("p99", "p99");
    public static readonly Text Longest = new("Longest", "นานที่สุด");
    public static readonly Text Sql = new("Statement", "คำสั่ง");
    public static readonly Text Where = new("Where", "ที่");
    public static readonly Text Traces = new("Traces", "จำนวน trace");
    public static readonly Text Most = new("Most in one", "มากที่สุดใน trace เดียว");
    public static readonly Text Last = new("Last", "ครั้งล่าสุด");
    public static readonly Text Unknown = new("unknown", "ไม่ทราบ");
    public static readonly Text ShowSql = new("SQL", "SQL");
}
